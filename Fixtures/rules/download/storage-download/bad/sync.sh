aws s3 sync s3://acme-models/encoder ./encoder
gsutil -m cp gs://acme-models/head.pt .
rclone copy store:models/base base/
gdown 1AbCdEfGhIjKlMnOpQrStUvWxYz -O decoder.pth
dvc get https://github.com/acme/registry model.pkl
