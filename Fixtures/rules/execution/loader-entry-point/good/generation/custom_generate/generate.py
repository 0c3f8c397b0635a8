def generate(model, input_ids, **kwargs):
    return model.sample(input_ids, **kwargs)
