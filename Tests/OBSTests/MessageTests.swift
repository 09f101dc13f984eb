import Foundation
import NIOCore
import Testing

@testable import OBS

@Suite("messages of obs-websocket 5")
struct MessageTests {
  @Test("the answer to a challenge")
  func authentication() {
    let authentication = Authentication(
      challenge: "+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY=", salt: "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI=")
    #expect(authentication.answer(password: "supersecretpassword") == "1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=")
  }

  @Test(
    "are written as the protocol has them",
    arguments: [
      (
        Outgoing.identify(authentication: "abc"),
        #"{"op":1,"d":{"rpcVersion":1,"authentication":"abc","eventSubscriptions":1279}}"#
      ),
      (.identify(authentication: nil), #"{"op":1,"d":{"rpcVersion":1,"eventSubscriptions":1279}}"#),
      (
        .request(id: 7, Request("SetInputMute", ["inputName": "Desk \"1\"\n\u{0}", "inputMuted": true])),
        #"{"op":6,"d":{"requestType":"SetInputMute","requestId":"7","requestData":{"inputName":"Desk \"1\"\n\u0000","inputMuted":true}}}"#
      ),
      (
        .batch(
          id: 8, [Request("GetStats", [:], outputs: ["a": "b"]), Request("Sleep", ["x": .null], inputs: ["c": "d"])]),
        #"{"op":8,"d":{"requestId":"8","requests":[{"requestType":"GetStats","requestData":{},"outputVariables":{"a":"b"}},{"requestType":"Sleep","requestData":{"x":null},"inputVariables":{"c":"d"}}]}}"#
      ),
    ])
  func writes(message: Outgoing, json: String) throws {
    let written = try JSONSerialization.jsonObject(with: Data(message.encoded().readableBytesView)) as? NSDictionary
    let expected = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSDictionary
    #expect(written == expected)
  }

  @Test(
    "that make no sense are told in words, and nothing more comes of them",
    arguments: [
      "", "nonsense", "[]", "{}", "null", "7", #"{"op":5}"#, #"{"op":"5","d":{}}"#, #"{"op":5,"d":[]}"#,
      #"{"op":5,"d":{}}"#, #"{"op":5,"d":{"eventType":7}}"#,
      #"{"op":7,"d":{"requestId":"x","requestStatus":{"result":true}}}"#,
      #"{"op":7,"d":{"requestId":"1"}}"#, #"{"op":7,"d":{"requestId":"1","requestStatus":{"result":"yes"}}}"#,
      #"{"op":9,"d":{"requestId":"1","results":7}}"#, #"{"op":99,"d":{}}"#, #"{"op":1e99,"d":{}}"#,
      #"{"op":0,"d":{"authentication":{"challenge":7,"salt":"x"}}}"#, "{\"op\":5,\"d\":{\"eventType\":\"\u{0}",
      String(repeating: "[", count: 100_000), #"{"op":5,"d":"# + String(repeating: #"{"a":"#, count: 100_000),
    ])
  func nonsense(json: String) {
    #expect(throws: Unreadable.self) { try Incoming.decode(Data(json.utf8)) }
  }

  @Test("with bytes that are no text are told too")
  func bytes() {
    #expect(throws: Unreadable.self) { try Incoming.decode(Data([0xff, 0xfe, 0x00, 0x80])) }
  }

  @Test("arrays and objects in one another without end are refused", arguments: ["[", #"{"a":"#])
  func deep(_ opening: String) {
    let start = #"{"op":5,"d":{"eventType":"X","eventData":{"a":"#
    let message = Data((start + String(repeating: opening, count: 1_000_000)).utf8)
    #expect(throws: Unreadable.self) { try Incoming.decode(message) }
  }

  @Test("with fields of a wrong type are read as far as they can be")
  func lenient() throws {
    guard
      case .event(let event) = try Incoming.decode(
        Data(
          #"{"op":5,"d":{"eventType":"X","eventData":{"a":"text","b":7,"c":null,"rows":[1,{"n":"one"},null,{"n":2}]}}}"#
            .utf8))
    else { throw Unreadable("no event") }
    let fields = try #require(event.fields)
    #expect(fields.optional("a", as: Int.self) == nil)
    #expect(fields.optional("b", as: Int.self) == 7)
    #expect(throws: UnreadableField(name: "c")) { try fields.read("c", as: String.self) }
    #expect(throws: UnreadableField(name: "d")) { try fields.read("d", as: String.self) }
    #expect(try fields.rows("rows").map { $0.optional("n", as: String.self) } == ["one", nil])
  }

  @Test(
    "JSON of any shape is kept as it is",
    arguments: [
      "null", "true", "7", "-7.5", "1e300", #""text""#, "[]", "{}", #"{"a":[1,"b",{"c":null}]}"#, "9223372036854775807",
    ])
  func json(text: String) throws {
    let value = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    #expect(try JSONDecoder().decode(JSON.self, from: value.data) == value)
  }

  @Test("every character that a name can have is written so that it is read again")
  func characters() throws {
    let scalars =
      (0...0x2FFF).compactMap(Unicode.Scalar.init)
      + [0xD7FF, 0xE000, 0xFFFF, 0x1F3A5, 0x10FFFF].compactMap(Unicode.Scalar.init)
    for scalar in scalars {
      let value = JSON.object(["a\(scalar)": .string("\(scalar)b")])
      #expect(try JSONDecoder().decode(JSON.self, from: value.data) == value, "\(scalar.value)")
    }
    #expect(try JSONDecoder().decode(JSON.self, from: JSON.number(.infinity).data) == .null)
  }

  @Test("true stays true, and 1 stays 1")
  func numbers() throws {
    #expect(
      try JSONDecoder().decode([JSON].self, from: Data("[true,1,1.5]".utf8)) == [
        .bool(true), .integer(1), .number(1.5),
      ])
  }
}
