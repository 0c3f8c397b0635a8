from llama_cpp import Llama

llm = Llama.from_pretrained(repo_id="org/model-GGUF", filename="*q4*.gguf")
