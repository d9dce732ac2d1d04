// Loads an exported configuration by promptfoo's own entry and runs it with an agent that echoes and a judge who
// agrees: what the caller is told and what is judged, as promptfoo renders them. Prints JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [file, packages] = process.argv.slice(2);
const { default: promptfoo } = await import(
  pathToFileURL(createRequire(`${packages}/`).resolve("promptfoo").replace(/\.cjs$/, ".js"))
);
const config = JSON.parse(readFileSync(file, "utf8"));
const player = config.defaultTest.provider;
const user = await promptfoo.loadApiProvider(player.id, { options: { config: player.config } });

const judged = [];
const judge = {
  id: () => "judge",
  callApi: async (prompt) => {
    judged.push(prompt);
    return { output: { pass: true, score: 1, reason: "" } };
  },
};
const run = await promptfoo.evaluate(
  {
    ...config,
    prompts: ["{{instructions}}"],
    providers: ["echo"],
    defaultTest: { options: { provider: judge } },
    writeLatestResults: false,
  },
  { cache: false, maxConcurrency: 1, showProgressBar: false },
);
const { results } = await run.toEvaluateSummary();
console.log(
  "LOADED " +
    JSON.stringify({
      turns: user.maxTurns,
      tests: results.map((one) => ({
        name: one.testCase.description,
        told: one.prompt.raw,
        judged: one.gradingResult.componentResults.map((part) => part.assertion.value),
        passed: one.success,
        key: one.testCase.metadata.key,
        calls: one.testCase.metadata.expected_calls.length,
      })),
      judged,
    }),
);
process.exit(0);
