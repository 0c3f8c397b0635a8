import evaluate

evaluate.load("accuracy")
