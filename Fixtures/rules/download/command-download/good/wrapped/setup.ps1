# Invoke-WebRequest https://models.example.org/comment.bin
$page = "https://models.example.org/page"
Write-Host "see $page or (https://models.example.org/other)"
if (Test-Path "C:\models") { Get-ChildItem "C:\models" }
