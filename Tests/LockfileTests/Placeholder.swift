// Tests of Lockfile.
