// SHA256_CTX and its functions are deprecated in OpenSSL 3 in favour of EVP, which hides the
// chaining value that checkpoints are made of.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
