import FoundationEssentials

/// A message to OBS.
enum Outgoing: Hashable, Sendable {
  case identify(authentication: String?)
  case request(id: Int, Request)
  /// One after another, whatever becomes of each: `RequestBatchExecutionType::SerialRealtime`.
  case batch(id: Int, [Request])

  func encoded() throws -> Data { try JSONEncoder().encode(self) }
}

extension Outgoing: Encodable {
  private enum Key: String, CodingKey {
    case op, d
    case rpcVersion, authentication, eventSubscriptions
    case requestId, requests
  }

  func encode(to encoder: any Encoder) throws {
    var message = encoder.container(keyedBy: Key.self)
    switch self {
    case .identify(let authentication):
      try message.encode(1, forKey: .op)
      var body = message.nestedContainer(keyedBy: Key.self, forKey: .d)
      try body.encode(1, forKey: .rpcVersion)
      try body.encodeIfPresent(authentication, forKey: .authentication)
      try body.encode(EventSubscriptions.used.rawValue, forKey: .eventSubscriptions)
    case .request(let id, let request):
      try message.encode(6, forKey: .op)
      try request.encode(to: message.superEncoder(forKey: .d), id: id)
    case .batch(let id, let requests):
      try message.encode(8, forKey: .op)
      var body = message.nestedContainer(keyedBy: Key.self, forKey: .d)
      try body.encode(String(id), forKey: .requestId)
      try body.encode(requests, forKey: .requests)
    }
  }
}
