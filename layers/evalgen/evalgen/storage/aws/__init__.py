"""The deployed system's table, queue and blobs: DynamoDB, SQS and S3."""

from evalgen.storage.aws.dynamo import DynamoTable
from evalgen.storage.aws.s3 import S3Blobs
from evalgen.storage.aws.sqs import SqsQueue

__all__ = ["DynamoTable", "S3Blobs", "SqsQueue"]
