"""The `Blobs` port over S3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evalgen.storage.aws.clients import client, error_code

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3Blobs:
    """Objects of one bucket. S3 says that one is missing only to those who may list the bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    @property
    def _client(self) -> S3Client:
        s3: S3Client = client("s3")
        return s3

    def put(self, name: str, data: bytes) -> None:
        self._client.put_object(Bucket=self._bucket, Key=name, Body=data)

    def get(self, name: str) -> bytes | None:
        try:
            return self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
        except Exception as error:
            if error_code(error) == "NoSuchKey":
                return None
            raise

    def delete(self, name: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=name)
