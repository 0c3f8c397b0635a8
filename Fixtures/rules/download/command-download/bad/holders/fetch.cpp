#include <cstdlib>
int main() { return system("wget https://models.example.org/cxx.bin"); }
