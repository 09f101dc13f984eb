internal import CALSA
internal import Glibc

extension SequencerReader {
  /// Subscribes to every recognised port that is there.
  mutating func enumerate() {
    for port in handle.ports() { consider(port) }
  }

  /// After an overflow, announcements may be lost: finds out what came and went.
  mutating func resume() {
    let present = handle.ports()
    for address in connected.filter({ address in !present.contains { $0.address == address } }) { forget(address) }
    for port in present { consider(port) }
  }

  /// Something came or changed at this address.
  mutating func consider(_ address: SequencerAddress) {
    guard address.client != handle.address.client else { return }
    if let port = handle.port(at: address) { consider(port) } else { refused[address] = nil }
  }

  /// Subscribes to a port if it is recognised. The kernel knows whether it is new: a device may have been pulled
  /// and plugged in again at the same address before the announcement was read.
  private mutating func consider(_ port: SequencerPort) {
    guard port.canRead, recognises(port.clientName) else { return }
    switch subscribe(to: port.address) {
    case 0:
      forget(port.address)
    case -EBUSY where isSubscribed(to: port.address):
      if connected.contains(port.address) { return }
      refused[port.address] = nil
    case -EINVAL, -ENOENT, -ENODEV, -ENXIO:
      return  // gone again since it was announced
    case let result:
      let error: SequencerError =
        result == -EBUSY || result == -EAGAIN
        ? .busy(port.address) : .failed(call: "snd_seq_connect_from", errno: -result)
      if refused.updateValue(error, forKey: port.address) != error { report(.failure(error)) }
      return
    }
    connected.insert(port.address)
    report(.connected(port))
  }

  func subscribe(to address: SequencerAddress) -> Int32 {
    snd_seq_connect_from(handle.pointer, Int32(handle.address.port), Int32(address.client), Int32(address.port))
  }

  private func isSubscribed(to address: SequencerAddress) -> Bool {
    var subscription: OpaquePointer?
    snd_seq_port_subscribe_malloc(&subscription)
    defer { snd_seq_port_subscribe_free(subscription) }
    var sender = snd_seq_addr_t(client: UInt8(address.client), port: UInt8(address.port))
    var receiver = snd_seq_addr_t(client: UInt8(handle.address.client), port: UInt8(handle.address.port))
    snd_seq_port_subscribe_set_sender(subscription, &sender)
    snd_seq_port_subscribe_set_dest(subscription, &receiver)
    return snd_seq_get_port_subscription(handle.pointer, subscription) >= 0
  }
}
