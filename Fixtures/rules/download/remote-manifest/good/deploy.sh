kubectl apply -f deploy/model.yaml
kubectl apply -f https://raw.githubusercontent.com/acme/deploy/3f786850e387550fdab836ed7e6dc881de23001b/model.yaml
helm install triton ./chart
