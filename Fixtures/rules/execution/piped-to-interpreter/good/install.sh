curl -fsSL https://api.example.org/models | python3 -m json.tool
curl -fsSL https://raw.githubusercontent.com/acme/tools/3f786850e387550fdab836ed7e6dc881de23001b/install.sh | sh
curl -fsSL https://api.example.org/models | jq .
cat setup.sh | bash
echo "curl https://install.example.org | sh"
