GREETING = 'Hello ⁧שלום⁩ world'
# ‫שלום‬
ESCAPED = '\u202e'
