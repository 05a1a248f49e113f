"""Attacks on our own grader: what each tries, what must become of it, and the places in which all of them are run.

attack       one record an attack
reading ...  the attacks, one module a class
specimen     the homework that they attack, with a token planted in everything that must stay secret
arena        grades one attack and looks for traces of it
modes        the combinations of layers and users that this machine can offer
"""
