import NIOCore

/// A message from OBS.
enum Incoming {
  case hello(Authentication?, serverVersion: String?)
  case identified
  case event(Event)
  case response(id: Int, Response)
  case batch(id: Int, [Response])

  /// Reads a message; whatever is wrong with it is thrown in words.
  static func decode(_ bytes: ByteBuffer) throws(Unreadable) -> Incoming {
    // `op` says what `d` is: obs-websocket 5, "Message Types (OpCodes)".
    guard let message = JSONReader.read(bytes).flatMap(Fields.init(json:)), let op: Int = message.optional("op"),
      let fields: Fields = message.optional("d")
    else { throw Unreadable("a message that is not a JSON object with op and d (\(bytes.readableBytes) bytes)") }
    do { return try decode(op, fields) } catch let error as UnreadableField {
      throw Unreadable("a message (op \(op)) without a readable \(error.name)")
    } catch { throw Unreadable("\(error)") }
  }

  private static func decode(_ op: Int, _ fields: Fields) throws -> Incoming {
    switch op {
    case 0:
      let authentication = fields.optional("authentication", as: Fields.self)
      return .hello(
        try authentication.map { Authentication(challenge: try $0.read("challenge"), salt: try $0.read("salt")) },
        serverVersion: fields.optional("obsWebSocketVersion"))
    case 2: return .identified
    case 5: return .event(Event(type: try fields.text("eventType"), fields: fields.optional("eventData")))
    case 7: return .response(id: try requestID(fields), try Response(fields))
    case 9: return .batch(id: try requestID(fields), try fields.rows("results").map(Response.init))
    default: throw Unreadable("a message of unknown kind, op \(op)")
    }
  }

  private static func requestID(_ fields: Fields) throws(UnreadableField) -> Int {
    guard let id = Int(try fields.read("requestId", as: String.self)) else { throw UnreadableField(name: "requestId") }
    return id
  }
}

/// Something that happened in OBS.
struct Event {
  var type: String
  /// `nil` for the events that carry nothing.
  var fields: Fields?

  func read<Value: JSONReadable>(_ name: String) throws(UnreadableField) -> Value {
    guard let fields else { throw UnreadableField(name: name) }
    return try fields.read(name)
  }

  func read(_ name: String) throws(UnreadableField) -> String {
    guard let fields else { throw UnreadableField(name: name) }
    return try fields.text(name)
  }
}

/// What OBS said to a request.
struct Response {
  /// Why it was not done, `nil` when it was.
  var refusal: Refusal?
  /// What was asked for; `nil` where there is nothing to say.
  var fields: Fields?

  init(_ message: Fields) throws(UnreadableField) {
    let status: Fields = try message.read("requestStatus")
    if try !status.read("result", as: Bool.self) {
      refusal = Refusal(code: status.optional("code") ?? 0, comment: try? status.text("comment"))
    }
    fields = message.optional("responseData")
  }
}

/// What came in and could not be read, in words.
struct Unreadable: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
