import Foundation
import NIOCore
import NIOWebSocket
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
    #expect(throws: Unreadable.self) { try Incoming.decode(ByteBuffer(string: json)) }
  }

  @Test("with bytes that are no text are told too")
  func bytes() {
    #expect(throws: Unreadable.self) { try Incoming.decode(ByteBuffer(bytes: [0xff, 0xfe, 0x00, 0x80])) }
  }

  @Test("arrays and objects in one another without end are refused", arguments: ["[", #"{"a":"#])
  func deep(_ opening: String) {
    let start = #"{"op":5,"d":{"eventType":"X","eventData":{"a":"#
    let message = ByteBuffer(string: start + String(repeating: opening, count: 1_000_000))
    #expect(throws: Unreadable.self) { try Incoming.decode(message) }
  }

  @Test("with fields of a wrong type are read as far as they can be")
  func lenient() throws {
    guard
      case .event(let event) = try Incoming.decode(
        ByteBuffer(
          string:
            #"{"op":5,"d":{"eventType":"X","eventData":{"a":"text","b":7,"c":null,"rows":[1,{"n":"one"},null,{"n":2}]}}}"#
        ))
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
    let value = try #require(JSONReader.read(ByteBuffer(string: text)))
    #expect(JSONReader.read(value.bytes) == value)
  }

  @Test("every character that a name can have is written so that it is read again")
  func characters() throws {
    let scalars =
      (0...0x2FFF).compactMap(Unicode.Scalar.init)
      + [0xD7FF, 0xE000, 0xFFFF, 0x1F3A5, 0x10FFFF].compactMap(Unicode.Scalar.init)
    for scalar in scalars {
      let value = JSON.object(["a\(scalar)": .string("\(scalar)b")])
      #expect(JSONReader.read(value.bytes) == value, "\(scalar.value)")
    }
    #expect(JSONReader.read(JSON.number(.infinity).bytes) == .null)
  }

  @Test("true stays true, and 1 stays 1")
  func numbers() throws {
    #expect(
      JSONReader.read(ByteBuffer(string: "[true,1,1.5]")) == .array([.bool(true), .integer(1), .number(1.5)]))
  }

  @Test(
    "JSON is read as RFC 8259 has it",
    arguments: [
      (" { \"a\" :\t[ 1 ,\r\n-0.5e+1 ] } ", ["a": .array([.integer(1), .number(-5)])]),
      (#""\"\\\/\b\f\n\r\t\u0041\ud83c\uDFA5""#, .string("\"\\/\u{8}\u{C}\n\r\tA\u{1F3A5}")),
      (
        #"{"a":1,"a":2}"#,
        .object(Fields([.init(name: "a", value: .integer(1)), .init(name: "a", value: .integer(2))]))
      ),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("-0", .integer(0)), ("1E2", .number(100)),
      (String(repeating: "[", count: 512) + String(repeating: "]", count: 512), nil),
    ] as [(String, JSON?)])
  func reads(text: String, value: JSON?) {
    let read = JSONReader.read(ByteBuffer(string: text))
    #expect(read != nil)
    if let value { #expect(read == value) }
  }

  @Test("of several fields of one name the last counts")
  func twice() {
    #expect(JSONReader.read(ByteBuffer(string: #"{"a":1,"a":2}"#)).flatMap(Fields.init(json:))?["a"] == .integer(2))
  }

  @Test(
    "what is no JSON by RFC 8259 is not read",
    arguments: [
      "", " ", "[1,]", "[,1]", "[1 2]", "{\"a\":1,}", "{\"a\"}", "{\"a\" 1}", "{a:1}", "{1:2}", "[1", "{\"a\":1", "1 2",
      "01", "-", "-a",
      "+1", ".5", "1.", "1.e2", "1e", "1e+", "0x1", "1e999", "NaN", "Infinity", "tru", "truee", "nul", "True", "'a'",
      "\"a",
      "\"\n\"", "\"\u{1F}\"", #""\x41""#, #""\u12""#, #""\u12g4""#, #""\ud83c""#, #""\ud83cx""#, #""\ud83c\u0041""#,
      #""\udfa5""#, #""\"#,
      #""\u"#, "\u{FEFF}1", "[]]", String(repeating: "[", count: 513) + String(repeating: "]", count: 513),
    ])
  func refuses(text: String) { #expect(JSONReader.read(ByteBuffer(string: text)) == nil) }

  @Test(
    "what is no UTF-8 is not read",
    arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]] as [[UInt8]])
  func invalid(bytes: [UInt8]) {
    for before in ["", #"\n"#] {
      #expect(JSONReader.read(ByteBuffer(bytes: Array("\"\(before)".utf8) + bytes + [0x22])) == nil)
    }
  }

  @Test("a message cut off anywhere is not read")
  func cutOff() {
    let message = Array(#"{"op":5,"d":{"a":[1.5e2,true,null,"\u00e9\ud83c\udfa5é"]}}"#.utf8)
    #expect(JSONReader.read(ByteBuffer(bytes: message)) != nil)
    for count in message.indices { #expect(JSONReader.read(ByteBuffer(bytes: message[..<count])) == nil, "\(count)") }
  }

  @Test(
    "go out in one frame each, head and message in one piece",
    arguments: [0, 1, 7, 8, 125, 126, 65_535, 65_536])
  func frames(count: Int) {
    var writer = FrameWriter()
    let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var roomy = ByteBuffer.withHeadroom(capacity: count)
    roomy.writeBytes(message)
    let many = count < 1000 ? 100 : 1
    var keys: Set<UInt32> = []
    for payload in [roomy, ByteBuffer(bytes: message)] + Array(repeating: roomy, count: many) {
      var frame = writer.frame(.text, payload)
      #expect(frame.readInteger() == 0x81 as UInt8)
      let short = frame.readInteger(as: UInt8.self) ?? 0
      #expect(short & 0x80 == 0x80)
      let length =
        switch short & 0x7F {
        case 126: Int(frame.readInteger(as: UInt16.self) ?? 0)
        case 127: Int(frame.readInteger(as: UInt64.self) ?? 0)
        default: Int(short & 0x7F)
        }
      #expect(length == count)
      let key = frame.readInteger(as: UInt32.self) ?? 0
      keys.insert(key)
      let unmasked = frame.readableBytesView.enumerated().map {
        $1 ^ UInt8(truncatingIfNeeded: key >> (24 - 8 * ($0 % 4)))
      }
      #expect(unmasked == message)
    }
    #expect(keys.count > many, "a mask is another one each time")
  }
}
