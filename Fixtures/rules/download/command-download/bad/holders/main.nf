process FETCH {
  output: path 'model.bin'
  script:
  """
  wget https://models.example.org/nextflow.bin
  """
}
