from chromadb.utils import embedding_functions

embed = embedding_functions.SentenceTransformerEmbeddingFunction(model_name="acme/embedder")
