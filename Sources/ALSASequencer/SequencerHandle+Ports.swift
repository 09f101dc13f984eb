internal import CALSA
internal import Glibc

extension SequencerHandle {
  /// Every port that others may connect to, by address.
  func ports() -> [SequencerPort] {
    Info.with { info in
      var ports: [SequencerPort] = []
      snd_seq_client_info_set_client(info.client, -1)
      while snd_seq_query_next_client(pointer, info.client) >= 0 {
        snd_seq_port_info_set_client(info.port, snd_seq_client_info_get_client(info.client))
        snd_seq_port_info_set_port(info.port, -1)
        while snd_seq_query_next_port(pointer, info.port) >= 0 {
          if let port = info.exported { ports.append(port) }
        }
      }
      return ports
    }
  }

  /// The threads that opened the clients of a name: the kernel calls them processes.
  func openers(ofClients name: String) -> [Int32] {
    Info.with { info in
      var openers: [Int32] = []
      snd_seq_client_info_set_client(info.client, -1)
      while snd_seq_query_next_client(pointer, info.client) >= 0 {
        guard String(cString: snd_seq_client_info_get_name(info.client)) == name else { continue }
        openers.append(snd_seq_client_info_get_pid(info.client))
      }
      return openers
    }
  }

  /// The port at an address; `nil` where there is none that others may connect to.
  func port(at address: SequencerAddress) -> SequencerPort? {
    Info.with { info in
      guard snd_seq_get_any_client_info(pointer, Int32(address.client), info.client) >= 0,
        snd_seq_get_any_port_info(pointer, Int32(address.client), Int32(address.port), info.port) >= 0
      else { return nil }
      return info.exported
    }
  }
}

/// What the kernel says of one client and one of its ports.
private struct Info {
  var client: OpaquePointer
  var port: OpaquePointer

  /// Lends the two records, which only alsa-lib can make.
  static func with<R>(_ body: (Info) -> R) -> R {
    var client: OpaquePointer?
    var port: OpaquePointer?
    snd_seq_client_info_malloc(&client)
    snd_seq_port_info_malloc(&port)
    defer {
      snd_seq_client_info_free(client)
      snd_seq_port_info_free(port)
    }
    guard let client, let port else { fatalError("out of memory") }
    return body(Info(client: client, port: port))
  }

  /// `nil` for the system's own ports, hidden ones, and the catch-all and unused ports of MIDI 2.0 devices.
  var exported: SequencerPort? {
    // The last two are not in alsa-lib 1.2.8: SND_SEQ_PORT_CAP_INACTIVE and _UMP_ENDPOINT.
    let hidden = UInt32(SND_SEQ_PORT_CAP_NO_EXPORT) | 0x100 | 0x200
    let capabilities = snd_seq_port_info_get_capability(port)
    let number = snd_seq_client_info_get_client(client)
    guard number != SND_SEQ_CLIENT_SYSTEM, capabilities & hidden == 0 else { return nil }
    func may(_ one: Int32, _ other: Int32) -> Bool { capabilities & UInt32(one | other) == UInt32(one | other) }
    let card = snd_seq_client_info_get_card(client)
    return SequencerPort(
      address: SequencerAddress(client: Int(number), port: Int(snd_seq_port_info_get_port(port))),
      clientName: String(cString: snd_seq_client_info_get_name(client)),
      portName: String(cString: snd_seq_port_info_get_name(port)),
      canRead: may(SND_SEQ_PORT_CAP_READ, SND_SEQ_PORT_CAP_SUBS_READ),
      canWrite: may(SND_SEQ_PORT_CAP_WRITE, SND_SEQ_PORT_CAP_SUBS_WRITE),
      isHardware: snd_seq_port_info_get_type(port) & UInt32(SND_SEQ_PORT_TYPE_HARDWARE) != 0,
      card: card >= 0 ? Int(card) : nil)
  }
}
