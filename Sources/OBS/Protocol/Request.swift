/// Something asked of OBS, in its own words.
struct Request: Hashable, Sendable {
  var type: String
  var fields: Fields = [:]
  /// In a batch: fields taken from variables. Not in the protocol's documentation; read in obs-websocket 5.1.0 to
  /// 5.7.3 (`RequestBatchHandler`) and run on 5.1.0.
  var inputs: [String: String] = [:]
  /// In a batch: variables that take fields of the response.
  var outputs: [String: String] = [:]

  /// The status code by which OBS says that it is so already; not sent.
  var already: Int?

  init(_ type: String, _ fields: Fields = [:], inputs: [String: String] = [:], outputs: [String: String] = [:]) {
    (self.type, self.fields, self.inputs, self.outputs) = (type, fields, inputs, outputs)
  }
}
