process SORT {
  // wget https://models.example.org/comment.bin
  script:
  """
  sort $input > out.txt
  """
}
