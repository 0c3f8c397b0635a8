python -m pip install --upgrade pip
pip install torch==2.3.0 'numpy>=1.26'
pip install git+https://github.com/acme/kernels@main
sudo apt-get update && sudo apt-get install -y ffmpeg
conda install -y -c conda-forge faiss
npx some-tool
bash -c "uv pip install ruff"
