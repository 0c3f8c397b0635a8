// Tests of Convention.
