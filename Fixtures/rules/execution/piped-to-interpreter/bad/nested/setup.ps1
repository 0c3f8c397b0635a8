iex (irm https://install.example.org/direct.ps1)
Start-Process powershell -Verb runAs
Invoke-WebRequest https://install.example.org/piped.ps1 | Invoke-Expression
