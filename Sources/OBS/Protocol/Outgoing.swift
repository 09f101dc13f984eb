import NIOCore

/// A message to OBS.
enum Outgoing: Hashable, Sendable {
  case identify(authentication: String?)
  case request(id: Int, Request)
  /// One after another, whatever becomes of each: `RequestBatchExecutionType::SerialRealtime`.
  case batch(id: Int, [Request])

  func encoded() -> ByteBuffer {
    var text = JSONText()
    switch self {
    case .identify(let authentication):
      text.raw(#"{"op":1,"d":{"rpcVersion":1,"eventSubscriptions":"#)
      text.write(.integer(Int(EventSubscriptions.used.rawValue)))
      if let authentication {
        text.raw(#","authentication":"#)
        text.write(authentication)
      }
      text.raw("}}")
    case .request(let id, let request):
      text.raw(#"{"op":6,"d":"#)
      text.write(request, id: id)
      text.raw("}")
    case .batch(let id, let requests):
      text.raw(#"{"op":8,"d":{"requestId":"#)
      text.write(String(id))
      text.raw(#","requests":"#)
      text.write(list: requests) { $0.write($1, id: nil) }
      text.raw("}}")
    }
    return text.bytes
  }
}

extension JSONText {
  fileprivate mutating func write(_ request: Request, id: Int?) {
    raw(#"{"requestType":"#)
    write(request.type)
    if let id {
      raw(#","requestId":"#)
      write(String(id))
    }
    // Always an object, for a request that only takes fields from variables needs one to take them into.
    raw(#","requestData":"#)
    write(request.fields)
    if !request.inputs.isEmpty {
      raw(#","inputVariables":"#)
      write(request.inputs)
    }
    if !request.outputs.isEmpty {
      raw(#","outputVariables":"#)
      write(request.outputs)
    }
    raw("}")
  }
}
