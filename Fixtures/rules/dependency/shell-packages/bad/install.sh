pip install torch==2.3.0 numpy 'scipy>=1.11'
apt-get install -y ffmpeg
npm install -g prettier@3
