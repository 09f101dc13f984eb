import ATEM
import Testing

@Suite("Addresses of switchers")
struct AddressTests {
  @Test(
    "are read and written",
    arguments: [
      ("atem://10.0.0.5", "10.0.0.5", 9910, "atem://10.0.0.5"),
      ("atem://10.0.0.5:9910", "10.0.0.5", 9910, "atem://10.0.0.5"),
      ("atem://10.0.0.5/", "10.0.0.5", 9910, "atem://10.0.0.5"),
      ("atem://studio.local:9911", "studio.local", 9911, "atem://studio.local:9911"),
      ("atem://[fe80::1]", "fe80::1", 9910, "atem://[fe80::1]"),
      ("atem://[::1]:80", "::1", 80, "atem://[::1]:80"),
    ])
  func good(text: String, host: String, port: Int, description: String) throws {
    let address = try ATEMAddress(text)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.description == description)
    #expect(try ATEMAddress(address.description) == address)
  }

  @Test(
    "that are none say what to write instead",
    arguments: [
      "", "10.0.0.5", "obs://10.0.0.5", "atem://", "atem:///", "atem://:9910", "atem://a b", "atem://host:",
      "atem://host:0",
      "atem://host:65536", "atem://host:-1", "atem://host:x", "atem://user@host", "atem://[::1", "atem://host/path",
      "atem://[::1]x",
    ])
  func bad(text: String) throws {
    let error = #expect(throws: ATEMAddress.Invalid.self) { try ATEMAddress(text) }
    #expect(try #require(error).description.contains("atem://HOST"))
  }
}
