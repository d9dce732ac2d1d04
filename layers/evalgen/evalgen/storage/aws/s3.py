"""The `Blobs` port over S3."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from evalgen.http import disposition
from evalgen.storage.aws.clients import client, error_code
from evalgen.storage.aws.retrying import Backoff

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

T = TypeVar("T")


class S3Blobs:
    """Objects of one bucket. S3 says that one is missing only to those who may list the bucket."""

    def __init__(self, bucket: str, backoff: Backoff | None = None) -> None:
        self._bucket = bucket
        self._backoff = backoff or Backoff()

    @property
    def _client(self) -> S3Client:
        s3: S3Client = client("s3")
        return s3

    def put(self, name: str, data: bytes) -> None:
        self._trying(lambda: self._client.put_object(Bucket=self._bucket, Key=name, Body=data))

    def get(self, name: str) -> bytes | None:
        try:
            return self._trying(partial(self._read, name))
        except Exception as error:
            if error_code(error) == "NoSuchKey":
                return None
            raise

    def size(self, name: str) -> int | None:
        try:
            return self._trying(
                lambda: self._client.head_object(Bucket=self._bucket, Key=name)["ContentLength"]
            )
        except Exception as error:
            if error_code(error) in ("404", "NoSuchKey"):  # an answer to HEAD has no body to name a code in
                return None
            raise

    def delete(self, name: str) -> None:
        self._trying(lambda: self._client.delete_object(Bucket=self._bucket, Key=name))

    def _read(self, name: str) -> bytes:
        return self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()

    def _trying(self, call: Callable[[], T]) -> T:
        return self._backoff.persist(call, f"bucket {self._bucket}")

    def upload_url(self, name: str, size: int, seconds: int) -> str:
        """The length is signed: S3 refuses a body of any other."""
        return self._client.generate_presigned_url(
            "put_object",
            Params={"Bucket": self._bucket, "Key": name, "ContentLength": size},
            ExpiresIn=seconds,
        )

    def download_url(self, name: str, file_name: str, seconds: int) -> str:
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": name,
                "ResponseContentDisposition": disposition(file_name),
            },
            ExpiresIn=seconds,
        )
