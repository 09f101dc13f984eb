import CBenchmark
import Crypto
import Foundation
import Synchronization

/// Stands in for an OBS of any size: answers at once, confirms at once, so that what is measured is the product.
final class StandIn: Sendable {
  let port: Int
  private let client = Mutex<Int32?>(nil)
  private let heardLast = Mutex<[String: UInt64]>([:])
  private let heardCount = Mutex<[String: Int]>([:])
  private let heard = Atomic<Int>(0)
  /// When each order to mute came.
  let mutes = Stamps()
  private let scenes: [String]
  private let inputs: [String]
  private let muted = Mutex<Set<String>>([])
  private let levels = Mutex<[String: Double]>([:])

  init(scenes: Int = 10, inputs: Int = 10) throws {
    self.scenes = (1...scenes).map { "Scene \($0)" }
    // In the order in which a mapping counts them.
    self.inputs = (1...inputs).map { "Input \($0)" }.sorted()
    let (file, port) = try Sockets.listen()
    self.port = port
    Thread.detachNewThread { [self] in
      bench_be_urgent()
      while true {
        let client = accept(file, nil, nil)
        guard client >= 0 else { return }
        Sockets.setNoDelay(client)
        serve(client)
        close(client)
      }
    }
  }

  /// When the last request of a type came; 0 where none has since it was asked last.
  func takeTime(of type: String) -> UInt64 { heardLast.withLock { $0.removeValue(forKey: type) } ?? 0 }

  func count(of type: String) -> Int { heardCount.withLock { $0[type] ?? 0 } }

  /// Waits until nothing has been asked for a third of a second: a client reads on when it is connected already.
  func waitForRest() {
    var before = -1
    while true {
      let now = heard.load(ordering: .relaxed)
      if now == before { return }
      before = now
      usleep(333_000)
    }
  }

  var allLevels: [String: Double] { levels.withLock { $0 } }

  func level(of input: String) -> Double? { levels.withLock { $0[input] } }

  /// Says that an input was muted or unmuted, unasked.
  ///
  /// - Returns: when it began to write it.
  func tellMuted(_ number: Int, _ isMuted: Bool) -> UInt64 {
    let name = inputs[number - 1]
    _ = muted.withLock { isMuted ? $0.insert(name).memberAfterInsert : $0.remove(name) ?? name }
    let bytes = Frames.frame(Array(Self.muteEvent(name, isMuted).utf8))
    guard let file = client.withLock({ $0 }) else { return 0 }
    let now = bench_now()
    Frames(file).send(bytes: bytes)
    return now
  }

  private static func muteEvent(_ name: String, _ isMuted: Bool) -> String {
    #"{"d":{"eventData":{"inputMuted":\#(isMuted),"inputName":"\#(name)"},"eventIntent":8,"eventType":"InputMuteStateChanged"},"op":5}"#
  }

  private func serve(_ file: Int32) {
    var frames = Frames(file)
    guard let head = frames.head() else { return }
    let key =
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("sec-websocket-key:") }?
      .split(separator: " ").last ?? ""
    let digest = Insecure.SHA1.hash(data: Data((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    frames.send(
      bytes: Array(
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: \(Data(digest).base64EncodedString())\r\n\r\n").utf8))
    frames.send(#"{"op":0,"d":{"obsWebSocketVersion":"5.1.0","rpcVersion":1}}"#)
    client.withLock { $0 = file }
    while let (text, at) = frames.next() {
      guard let message = try? JSONSerialization.jsonObject(with: Data(text)) as? [String: Any],
        let body = message["d"] as? [String: Any]
      else { continue }
      heard.add(1, ordering: .relaxed)
      switch message["op"] as? Int {
      case 1: frames.send(#"{"op":2,"d":{"negotiatedRpcVersion":1}}"#)
      case 6:
        let type = body["requestType"] as? String ?? ""
        heardLast.withLock { $0[type] = at }
        if type == "SetInputMute" { mutes.add(at) }
        heardCount.withLock { $0[type, default: 0] += 1 }
        send(["op": 7, "d": answer(body)], frames)
        if let event = event(type, body["requestData"] as? [String: Any] ?? [:]) { frames.send(event) }
      case 8:
        let requests = body["requests"] as? [[String: Any]] ?? []
        send(["op": 9, "d": ["requestId": body["requestId"] ?? "", "results": requests.map(answer)]], frames)
      default: break
      }
    }
    client.withLock { $0 = nil }
  }

  private func send(_ object: [String: Any], _ frames: Frames) {
    guard let data = try? JSONSerialization.data(withJSONObject: object) else { return }
    frames.send(bytes: Frames.frame(Array(data)))
  }

  private func answer(_ request: [String: Any]) -> [String: Any] {
    let type = request["requestType"] as? String ?? ""
    let data = data(type, request["requestData"] as? [String: Any] ?? [:])
    var answer: [String: Any] = [
      "requestType": type, "requestStatus": ["result": data != nil, "code": data == nil ? 604 : 100],
    ]
    answer["requestId"] = request["requestId"]
    if let data, !data.isEmpty { answer["responseData"] = data }
    return answer
  }

  /// `nil` where it is refused.
  private func data(_ type: String, _ fields: [String: Any]) -> [String: Any]? {
    let input = fields["inputName"] as? String ?? ""
    switch type {
    case "GetVersion": return ["obsVersion": "stand-in", "availableRequests": ["SetInputMute"]]
    case "GetStudioModeEnabled": return ["studioModeEnabled": true]
    case "GetSceneList":
      return [
        "currentProgramSceneName": scenes[0], "currentPreviewSceneName": scenes[0],
        "scenes": scenes.reversed().map { ["sceneName": $0] },
      ]
    case "GetCurrentPreviewScene": return ["currentPreviewSceneName": scenes[0]]
    case "GetCurrentProgramScene": return ["currentProgramSceneName": scenes[0]]
    case "GetSceneTransitionList":
      return ["transitions": [["transitionName": "Cut", "transitionKind": "cut_transition"]]]
    case "GetCurrentSceneTransition": return ["transitionName": "Cut", "transitionFixed": true]
    case "GetCurrentSceneTransitionCursor": return ["transitionCursor": 1.0]
    case "GetInputList": return ["inputs": inputs.map { ["inputName": $0] }]
    case "GetStreamStatus", "GetRecordStatus": return ["outputActive": false]
    case "GetInputVolume":
      return ["inputVolumeMul": 1.0, "inputVolumeDb": levels.withLock { $0[input] } ?? 0.0]
    case "GetInputMute": return ["inputMuted": muted.withLock { $0.contains(input) }]
    case "GetInputAudioBalance": return ["inputAudioBalance": 0.5]
    case "GetSceneItemList":
      return ["sceneItems": [["sceneItemId": 1, "sourceName": inputs[0], "sceneItemEnabled": true]]]
    case "GetSourceFilterList": return ["filters": [Any]()]
    case "SetInputMute", "SetInputVolume": return [:]
    default: return nil
    }
  }

  private func event(_ type: String, _ fields: [String: Any]) -> String? {
    let input = fields["inputName"] as? String ?? ""
    switch type {
    case "SetInputMute":
      let isMuted = fields["inputMuted"] as? Bool ?? false
      _ = muted.withLock { isMuted ? $0.insert(input).memberAfterInsert : $0.remove(input) ?? input }
      return Self.muteEvent(input, isMuted)
    case "SetInputVolume":
      let level = fields["inputVolumeDb"] as? Double ?? 0
      levels.withLock { $0[input] = level }
      return
        #"{"d":{"eventData":{"inputVolumeDb":\#(level),"inputVolumeMul":1.0,"inputName":"\#(input)"},"eventIntent":8,"eventType":"InputVolumeChanged"},"op":5}"#
    default: return nil
    }
  }
}
