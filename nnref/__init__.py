"""The answer key: one pure function an exercise, in numpy alone.

Rows of `X` are examples, `W` has shape (fan_in, fan_out), and `Z = X W + b`. A function's docstring is the homework
text; what stands below its `# begin answer` never reaches students. No function changes an argument or gives one back.
"""
