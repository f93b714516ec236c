// Fields of networking.istio.io, all but DestinationRule.
#include "frontend/decode/fields.h"

namespace s2a {

const std::string_view kNetworkingFields = R"(
VirtualService: Object
  spec: VirtualServiceSpec

VirtualServiceSpec
  exportTo: [string]
  gateways: [string]
  hosts: [host]
  http: [HttpRule]
  tcp: [TcpRule]
  tls: [TlsRule]

TlsRule
  match!: [TlsMatch]
  route: [L4Destination]

TlsMatch
  destinationSubnets: [string]
  gateways: [string]
  port: int
  sniHosts!: [string]
  sourceLabels: {string}
  sourceNamespace: string

TcpRule
  match: [TcpMatch]
  route: [L4Destination]

L4Destination
  destination!: Destination
  weight: int 0..4294967295

TcpMatch
  destinationSubnets: [string]
  gateways: [string]
  port: int
  sourceLabels: {string}
  sourceNamespace: string
  sourceSubnet: string

HttpRule
  corsPolicy: CorsPolicy
  delegate: Delegate
  directResponse: DirectResponse
  fault: Fault
  headers: HeadersChange
  match: [HttpMatch]
  mirror: Destination
  mirror_percent: int
  mirrorPercent: int
  mirrorPercentage: Percentage
  mirrors: [HttpMirror]
  name: string
  redirect: HttpRedirect
  retries: HttpRetry
  rewrite: HttpRewrite
  route: [HttpDestination]
  timeout: duration

HttpDestination
  destination!: Destination
  headers: HeadersChange
  weight: int 0..4294967295

HttpRewrite
  authority: string
  uri: string
  uriRegexRewrite: UriRegexRewrite

UriRegexRewrite
  match: string
  rewrite: string

HttpRetry
  attempts: int 0..2147483647
  backoff: duration
  perTryTimeout: duration
  retryIgnorePreviousHosts: bool
  retryOn: string
  retryRemoteLocalities: bool

HttpRedirect
  authority: string
  derivePort: FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT
  port: int
  prefixRewrite: string
  redirectCode: int
  scheme: string
  uri: string

HttpMirror
  destination!: Destination
  percentage: Percentage

HttpMatch
  authority: StringMatch
  gateways: [string]
  headers: {StringMatch}
  ignoreUriCase: bool
  method: StringMatch
  name: string
  port: int
  queryParams: {StringMatch}
  scheme: StringMatch
  sourceLabels: {string}
  sourceNamespace: string
  statPrefix: string
  uri: StringMatch
  withoutHeaders: {StringMatch}

HeadersChange
  request: HeaderOperations
  response: HeaderOperations

HeaderOperations
  add: {string}
  remove: [string]
  set: {string}

Fault
  abort: Abort
  delay: Delay

Delay
  exponentialDelay: duration
  fixedDelay: duration
  percent: int
  percentage: Percentage

Abort
  grpcStatus: string
  http2Error: string
  httpStatus: int
  percentage: Percentage

Percentage
  value: number

DirectResponse
  body: Body
  status!: int

Body
  bytes: string
  string: string

Delegate
  name: string
  namespace: string

CorsPolicy
  allowCredentials: bool
  allowHeaders: [string]
  allowMethods: [string]
  allowOrigin: [string]
  allowOrigins: [StringMatch]
  exposeHeaders: [string]
  maxAge: duration
  unmatchedPreflights: UNSPECIFIED|FORWARD|IGNORE

StringMatch
  exact: string
  prefix: string
  regex: string

Sidecar: Object
  spec: SidecarSpec

SidecarSpec
  egress: [EgressListener]
  inboundConnectionPool: ConnectionPool
  ingress: [IngressListener]
  outboundTrafficPolicy: OutboundTrafficPolicy
  workloadSelector: WorkloadLabels

OutboundTrafficPolicy
  egressProxy: Destination
  mode: REGISTRY_ONLY|ALLOW_ANY

Destination
  host!: host
  port: PortSelector
  subset: string

IngressListener
  bind: string
  captureMode: DEFAULT|IPTABLES|NONE
  connectionPool: ConnectionPool
  defaultEndpoint: string
  port!: SidecarPort
  tls: ServerTls

EgressListener
  bind: string
  captureMode: DEFAULT|IPTABLES|NONE
  hosts!: [string]
  port: SidecarPort

SidecarPort
  name: string
  number: int
  protocol: string
  targetPort: int

ServiceEntry: Object
  spec: ServiceEntrySpec

ServiceEntrySpec
  addresses: [string]
  endpoints: [WorkloadEntrySpec]
  exportTo: [string]
  hosts!: [string]
  location: MESH_EXTERNAL|MESH_INTERNAL
  ports: [ServiceEntryPort]
  resolution: NONE|STATIC|DNS|DNS_ROUND_ROBIN|DYNAMIC_DNS
  subjectAltNames: [string]
  workloadSelector: WorkloadLabels

ServiceEntryPort
  name!: string
  number!: int
  protocol: string
  targetPort: int

WorkloadEntry: Object
  spec: WorkloadEntrySpec

WorkloadEntrySpec
  address: string
  labels: {string}
  locality: string
  network: string
  ports: {int}
  serviceAccount: string
  weight: int

WorkloadGroup: Object
  spec: WorkloadGroupSpec

WorkloadGroupSpec
  metadata: any
  probe: any
  template: WorkloadEntrySpec

ProxyConfig: Object
  spec: ProxyConfigSpec

ProxyConfigSpec
  concurrency: int
  environmentVariables: {string}
  image: ProxyImage
  selector: WorkloadSelector

ProxyImage
  imageType: string

Gateway: Object
  spec: GatewaySpec

GatewaySpec
  selector: {string}
  servers: [GatewayServer]

GatewayServer
  bind: string
  defaultEndpoint: string
  hosts!: [string]
  name: string
  port!: ServerPort
  tls: ServerTls

ServerTls
  caCertCredentialName: string
  caCertificates: string
  caCrl: string
  cipherSuites: [string]
  credentialName: string
  credentialNames: [string]
  ecdhCurves: [string]
  httpsRedirect: bool
  insecureSkipVerify: bool
  maxProtocolVersion: TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3
  minProtocolVersion: TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3
  mode: PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL
  privateKey: string
  serverCertificate: string
  subjectAltNames: [string]
  tlsCertificates: [TlsCertificates]
  verifyCertificateHash: [string]
  verifyCertificateSpki: [string]

TlsCertificates
  caCertificates: string
  privateKey: string
  serverCertificate: string

ServerPort
  name!: string
  number!: int
  protocol!: string
  targetPort: int

EnvoyFilter: Object
  spec: EnvoyFilterSpec

EnvoyFilterSpec
  configPatches: [EnvoyConfigPatch]
  priority: int
  targetRefs: [PolicyTargetReference]
  workloadSelector: WorkloadLabels

WorkloadLabels
  labels: {string}

EnvoyConfigPatch
  applyTo: INVALID|LISTENER|FILTER_CHAIN|NETWORK_FILTER|HTTP_FILTER|ROUTE_CONFIGURATION|VIRTUAL_HOST|HTTP_ROUTE|CLUSTER|EXTENSION_CONFIG|BOOTSTRAP|LISTENER_FILTER
  match: EnvoyMatch
  patch: EnvoyPatch

EnvoyPatch
  filterClass: UNSPECIFIED|AUTHN|AUTHZ|STATS
  operation: INVALID|MERGE|ADD|REMOVE|INSERT_BEFORE|INSERT_AFTER|INSERT_FIRST|REPLACE|MERGE_AND_REPLACE_LIST
  value: any

EnvoyMatch
  cluster: EnvoyClusterMatch
  context: ANY|SIDECAR_INBOUND|SIDECAR_OUTBOUND|GATEWAY|WAYPOINT
  listener: EnvoyListenerMatch
  proxy: EnvoyProxyMatch
  routeConfiguration: EnvoyRouteConfigurationMatch
  waypoint: EnvoyWaypointMatch

EnvoyWaypointMatch
  filter: EnvoyFilterMatch
  portNumber: int
  route: EnvoyNamedMatch

EnvoyRouteConfigurationMatch
  gateway: string
  name: string
  portName: string
  portNumber: int
  vhost: EnvoyVirtualHostMatch

EnvoyVirtualHostMatch
  domainName: string
  name: string
  route: EnvoyRouteMatch

EnvoyRouteMatch
  action: ANY|ROUTE|REDIRECT|DIRECT_RESPONSE
  name: string

EnvoyProxyMatch
  metadata: {string}
  proxyVersion: string

EnvoyListenerMatch
  filterChain: EnvoyFilterChainMatch
  listenerFilter: string
  name: string
  portName: string
  portNumber: int

EnvoyFilterChainMatch
  applicationProtocols: string
  destinationPort: int
  filter: EnvoyFilterMatch
  name: string
  sni: string
  transportProtocol: string
  transportSocket: string

EnvoyFilterMatch
  name: string
  subFilter: EnvoyNamedMatch

EnvoyNamedMatch
  name: string

EnvoyClusterMatch
  name: string
  portNumber: int
  service: string
  subset: string
)";

}  // namespace s2a
