import boto3

s3 = boto3.client("s3")
s3.upload_file("model.bin", "models", "encoder/model.bin")
