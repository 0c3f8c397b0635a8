aws s3 cp model.bin s3://acme-models/
gsutil ls gs://acme-models
aws s3 cp s3://acme-models/model.bin model.bin
echo "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  model.bin" | sha256sum --check || exit 1
dvc get --rev 3f786850e387550fdab836ed7e6dc881de23001b https://github.com/acme/registry model.pkl
