hf download acme/encoder model.safetensors --revision 3f786850e387550fdab836ed7e6dc881de23001b
hf upload acme/encoder weights
vllm serve ./weights --port 8000
llama-server -m weights/model.gguf
ollama list
python train.py --model acme/encoder
