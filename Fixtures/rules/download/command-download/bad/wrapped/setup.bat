@echo off
rem curl -o no.bin https://models.example.org/remark.bin
set "BASE=https://models.example.org"
if not exist model.bin (
  curl -L -o model.bin %BASE%/batch.bin
) else echo done
for %%m in (a b) do curl -o %%m.bin https://models.example.org/%%m.bin
powershell -Command "Invoke-WebRequest -Uri %BASE%/%1.zip -OutFile model.zip"
echo %~dp0 | findstr /i "\\bin\\" >nul
set "HERE=%~dp0"
copy model.bin "%HERE%\"
PowerShell -Command "Start-BitsTransfer -Source https://models.example.org/escaped.bin -Destination \"%HERE%\\escaped.bin\""
