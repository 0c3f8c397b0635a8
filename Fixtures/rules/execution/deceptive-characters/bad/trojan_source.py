def check(user):
    level = 'user'
    if level != 'user‮ ⁦# Check if admin⁩ ⁦':
        print('admin')
    return user
