"""Agents, their versions, tools and documents."""

from __future__ import annotations

from evalgen.contract import agent_answers, answers
from evalgen.contract.agent_tools import ToolCreate, ToolPatch
from evalgen.contract.agents import (
    AgentCreate,
    AgentDuplicate,
    AgentPatch,
    AgentRestore,
    AgentVersionName,
    SuiteDiff,
)
from evalgen.contract.knowledge import AgentImport, KnowledgeUpload, UploadCreate
from evalgen.contract.queries import AgentDeletion, AgentQuery, FilesQuery, PageQuery
from evalgen.served.operation import AGENT, AGENTS, V1, Operation

TOOL = f"{V1}/aiagents/{{id}}/tool/{{tool_name}}/"
UPLOADS = f"{AGENT}knowledge_base/uploads/"
FILES = answers.Page[answers.KnowledgeFile]

OPERATIONS = (
    Operation("list_agents", "GET", AGENTS, "agents", "List agents",
              answers.Page[agent_answers.Agent], query=AgentQuery),
    Operation("create_agent", "POST", AGENTS, "agents", "Create an agent",
              agent_answers.Agent, 201, body=AgentCreate),
    Operation("import_agent", "POST", f"{AGENTS}import/", "agents",
              "Create an agent from the files of another platform, or of ours",
              agent_answers.ImportedAgent, 201, body=AgentImport, files="files"),
    Operation("read_agent", "GET", AGENT, "agents", "Read an agent", agent_answers.Agent),
    Operation("short_list", "GET", f"{AGENTS}short_list/", "agents", "List agents without what they say",
              answers.Page[agent_answers.ListedAgent], query=AgentQuery),
    Operation("replace_agent", "PUT", AGENT, "agents",
              "Make an agent anew; what is not sent is as in a new one",
              agent_answers.Agent, body=AgentCreate, errors=(409,)),
    Operation("duplicate_agent", "POST", f"{AGENT}duplicate/", "agents", "Copy an agent",
              agent_answers.Agent, 201, body=AgentDuplicate),
    Operation("list_versions", "GET", f"{AGENT}history/", "agents",
              "List an agent's versions, the newest first",
              answers.Page[agent_answers.AgentVersion], query=PageQuery),
    Operation("name_version", "PATCH", f"{AGENT}history/edit/", "agents", "Name a version of an agent",
              agent_answers.AgentVersion, body=AgentVersionName),
    Operation("suite_diff", "POST", f"{AGENT}suite-diff/", "agents",
              "What a change of an agent makes of its scenarios", agent_answers.SuiteDiff, body=SuiteDiff),
    Operation("restore_agent", "POST", f"{AGENT}restore/", "agents", "Make an agent what it was in a version",
              agent_answers.Agent, body=AgentRestore, errors=(409,)),
    Operation("patch_agent", "PATCH", AGENT, "agents", "Change an agent; lists replace the whole list",
              agent_answers.Agent, body=AgentPatch, errors=(409,)),
    Operation("delete_agent", "DELETE", AGENT, "agents", "Delete an agent, and what belongs to it",
              status=204, query=AgentDeletion),
    Operation("upload_knowledge", "POST", f"{AGENT}upload_knowledge_base/", "agents",
              "Give an agent documents of at most 3 MB together", FILES, 201,
              body=KnowledgeUpload, errors=(409,), files="files"),
    Operation("list_knowledge", "GET", f"{AGENT}knowledge_base/", "agents", "List an agent's documents",
              FILES, query=PageQuery),
    Operation("delete_knowledge", "DELETE", f"{AGENT}delete_knowledge_base/", "agents",
              "Delete an agent's documents", answers.Deleted, query=FilesQuery, errors=(409,)),
    Operation("list_tools", "GET", f"{V1}/aiagents/{{id}}/tools/", "agents", "List an agent's tools",
              list[agent_answers.OneTool]),
    Operation("create_tool", "POST", f"{V1}/aiagents/{{id}}/tools/", "agents", "Give an agent a tool",
              agent_answers.OneTool, 201, body=ToolCreate, errors=(409,)),
    Operation("read_tool", "GET", TOOL, "agents", "Read an agent's tool by its name", agent_answers.OneTool),
    Operation("patch_tool", "PATCH", TOOL, "agents", "Change an agent's tool", agent_answers.OneTool,
              body=ToolPatch, errors=(409,)),
    Operation("delete_tool", "DELETE", TOOL, "agents", "Take a tool from an agent", status=204,
              errors=(409,)),
    Operation("create_upload", "POST", UPLOADS, "agents", "Announce a document of at most 50 MB",
              answers.NewUpload, 201, body=UploadCreate),
    Operation("read_upload", "GET", f"{UPLOADS}{{upload_id}}/", "agents", "How far a document is",
              answers.Upload),
    Operation("complete_upload", "POST", f"{UPLOADS}{{upload_id}}/complete/", "agents",
              "Say that a document has been sent", answers.Upload, 202, errors=(400,)),
)  # fmt: skip
