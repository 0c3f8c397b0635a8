import yt_dlp

with yt_dlp.YoutubeDL({"format": "bestaudio"}) as ydl:
    ydl.download(["https://video.acme.dev/watch?v=1"])
