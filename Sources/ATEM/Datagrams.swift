package import NIOCore
import NIOPosix

/// Hands datagrams and errors of a socket on, on its loop.
package final class Datagrams: ChannelInboundHandler {
  package typealias InboundIn = AddressedEnvelope<ByteBuffer>

  private let onDatagram: (AddressedEnvelope<ByteBuffer>) -> Void
  private let onError: (any Error) -> Void

  package init(
    onDatagram: @escaping (AddressedEnvelope<ByteBuffer>) -> Void, onError: @escaping (any Error) -> Void
  ) {
    self.onDatagram = onDatagram
    self.onError = onError
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) { onDatagram(unwrapInboundIn(data)) }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) { onError(error) }
}

extension ATEMAddress {
  /// Looks the host up; a name is looked up on another thread, so that the loop goes on.
  func resolve(on loop: any EventLoop) -> EventLoopFuture<SocketAddress> {
    if let address = try? SocketAddress(ipAddress: host, port: port) { return loop.makeSucceededFuture(address) }
    return NIOThreadPool.singleton.runIfActive(eventLoop: loop) { [host, port] in
      try SocketAddress.makeAddressResolvingHost(host, port: port)
    }
  }
}
