kubectl apply -f https://raw.githubusercontent.com/acme/deploy/main/model.yaml
helm install triton nvidia/triton-inference-server
