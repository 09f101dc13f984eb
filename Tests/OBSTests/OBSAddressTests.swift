import OBS
import Testing

@Suite("the URL of an OBS")
struct OBSAddressTests {
  @Test(
    "is read and written",
    arguments: [
      ("obs://desk", "obs://desk:4455", "desk", 4455, false),
      ("obs://desk:4460", "obs://desk:4460", "desk", 4460, false),
      ("obs://10.0.0.7/", "obs://10.0.0.7:4455", "10.0.0.7", 4455, false),
      ("obss://desk.example:443", "obss://desk.example:443", "desk.example", 443, true),
      ("obs://[fe80::1]", "obs://[fe80::1]:4455", "fe80::1", 4455, false),
      ("obs://[::1]:4000", "obs://[::1]:4000", "::1", 4000, false),
      ("OBS://desk", "obs://desk:4455", "desk", 4455, false),
    ])
  func reads(url: String, written: String, host: String, port: Int, isSecure: Bool) throws {
    let address = try OBSAddress(url)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.isSecure == isSecure)
    #expect(address.description == written)
    #expect(try OBSAddress(written) == address)
  }

  @Test(
    "is refused with what to do where it is wrong",
    arguments: [
      ("desk", "obs://HOST"), ("ws://desk:4455", "obs://HOST"), ("", "obs://HOST"), ("obs:desk", "obs://HOST"),
      ("obs://", "no host"), ("obs:// desk", "no host"), ("obs://:4455", "no host"), ("obs://[]", "no host"),
      ("obs://desk:", "wrong port"), ("obs://desk:0", "wrong port"), ("obs://desk:65536", "wrong port"),
      ("obs://desk:+5", "wrong port"), ("obs://desk:99999999999999999999", "wrong port"),
      ("obs://desk:four", "wrong port"), ("obs://[::1]4455", "wrong port"),
      ("obs://[::1", "does not close"), ("obs://fe80::1", "[fe80::1]"),
      ("obs://desk/scene", "more than a host"), ("obs://desk?x=1", "more than a host"),
      ("obs://desk#1", "more than a host"),
    ])
  func refuses(url: String, words: String) {
    let error = #expect(throws: OBSAddressError.self) { try OBSAddress(url) }
    let said = error?.description ?? ""
    #expect(said.contains(words) || (words == "no host" && said.contains("names no host")), "\(said)")
  }

  @Test(
    "a password in it is refused, and not repeated",
    arguments: ["obs://me:secret@desk", "obs://secret@desk", "obx://:secret@desk"])
  func refusesPassword(url: String) {
    let error = #expect(throws: OBSAddressError.hasPassword) { try OBSAddress(url) }
    #expect(error?.description.contains("OBS_WEBSOCKET_PASSWORD") ?? false)
    #expect(!"\(error as Any)".contains("secret"))
  }
}
