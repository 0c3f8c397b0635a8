MODEL=acme/encoder
hf download "$MODEL" model.safetensors --local-dir weights
huggingface-cli download acme/base --revision main
ollama pull llama3.1:8b
vllm serve acme/chat --trust-remote-code --port 8000
llama-server -hf acme/chat-gguf:Q4_K_M
python -m mlx_lm.generate --model acme/chat-4bit --prompt hi
