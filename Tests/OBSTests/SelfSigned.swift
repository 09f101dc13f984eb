/// A certificate for localhost that nobody signed but itself, made for these tests with `openssl req -x509`, and its key.
enum SelfSigned {
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBmzCCAUGgAwIBAgIUHg528LrrK5etmfUd2jLFQZshqagwCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzEzMTgwNFoYDzIxMjYxMDMw
    MTMxODA0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAARPJmzXa1Me6UGMacoyekaTxxa7jz4XHVmFEgMv2ZWIBtudxVcfMiil
    xYI2DGoMQ3LgVQCcSs0XChRs/HdiFKvoo28wbTAdBgNVHQ4EFgQU7wL3SPQFeGNz
    VXLTTsiCkZgvet0wHwYDVR0jBBgwFoAU7wL3SPQFeGNzVXLTTsiCkZgvet0wDwYD
    VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
    zj0EAwIDSAAwRQIhAPhwbIajSqIWfnak7koacZhF4yLRbttEsPLjZqIqK5E8AiAX
    /ER/7tFnTS04G6wtCU0raHdlU3cYy/Nh2Zd2IT7fMg==
    -----END CERTIFICATE-----
    """
  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgW9zxBHH08j6miPXg
    LsQl1lwSU7wcEOSrBPw1D8mMXAihRANCAARPJmzXa1Me6UGMacoyekaTxxa7jz4X
    HVmFEgMv2ZWIBtudxVcfMiilxYI2DGoMQ3LgVQCcSs0XChRs/HdiFKvo
    -----END PRIVATE KEY-----
    """
}
