import CBenchmark
import Crypto
import Foundation

/// The least that a client of obs-websocket can do: one request at a time on a blocking socket.
struct RawOBS {
  private var frames: Frames
  private let file: Int32
  /// Whether the kernel is to acknowledge at once; Linux forgets it, so it is said before each request.
  var acknowledgesAtOnce = true

  init(host: String, port: Int, password: String, events: Int) throws {
    file = try Sockets.connect(port: port, host: host)
    frames = Frames(file)
    frames.send(
      bytes: Array(
        ("GET / HTTP/1.1\r\nHost: \(host):\(port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Protocol: obswebsocket.json\r\n\r\n").utf8))
    guard frames.head()?.contains(" 101 ") == true, let hello = next()?.message["d"] as? [String: Any] else {
      throw Sockets.Failure(call: "\(host):\(port) is no OBS")
    }
    var proof = ""
    if let wanted = hello["authentication"] as? [String: String] {
      let secret = Self.hash(password + (wanted["salt"] ?? ""))
      proof = #","authentication":"\#(Self.hash(secret + (wanted["challenge"] ?? "")))""#
    }
    frames.send(#"{"op":1,"d":{"rpcVersion":1,"eventSubscriptions":\#(events)\#(proof)}}"#, masked: true)
    guard next()?.message["op"] as? Int == 2 else { throw Sockets.Failure(call: "OBS refused the password") }
  }

  private static func hash(_ text: String) -> String { Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString() }

  /// The next message, and when it came.
  mutating func next() -> (message: [String: Any], at: UInt64)? {
    if acknowledgesAtOnce { Sockets.setQuickAcknowledgement(file, true) }
    guard let (text, at) = frames.next() else { return nil }
    return ((try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]) ?? [:], at)
  }

  /// Asks, and waits for an event.
  ///
  /// - Returns: how long until the event, in microseconds; `nil` where OBS refused, or went away.
  mutating func time(_ type: String, _ data: String, until event: String) -> Double? {
    Sockets.setQuickAcknowledgement(file, acknowledgesAtOnce)
    let began = bench_now()
    frames.send(#"{"op":6,"d":{"requestType":"\#(type)","requestId":"1","requestData":\#(data)}}"#, masked: true)
    var (came, isAnswered): (UInt64?, Bool) = (nil, false)
    while came == nil || !isAnswered, let (message, at) = next() {
      if message["op"] as? Int == 7 {
        isAnswered = true
        let status = (message["d"] as? [String: Any])?["requestStatus"] as? [String: Any]
        guard status?["result"] as? Bool == true else { return nil }
      }
      if (message["d"] as? [String: Any])?["eventType"] as? String == event { came = at }
    }
    return came.map { Double($0 - began) / 1000 }
  }

  /// Asks, and waits for the answer.
  ///
  /// - Returns: its data, if there are any.
  @discardableResult
  mutating func ask(_ type: String, _ data: String) -> [String: Any] {
    frames.send(#"{"op":6,"d":{"requestType":"\#(type)","requestId":"1","requestData":\#(data)}}"#, masked: true)
    while let (message, _) = next() {
      guard message["op"] as? Int == 7, let body = message["d"] as? [String: Any] else { continue }
      return body["responseData"] as? [String: Any] ?? [:]
    }
    return [:]
  }

  func close() { _ = Glibc.close(file) }
}
