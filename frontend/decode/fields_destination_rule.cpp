// Fields of a DestinationRule, of which a Sidecar uses the connection pool.
#include "frontend/decode/fields.h"

namespace s2a {

const std::string_view kTrafficPolicyFields = R"(
DestinationRule: Object
  spec: DestinationRuleSpec

DestinationRuleSpec
  exportTo: [string]
  host!: host
  subsets: [Subset]
  trafficPolicy: TrafficPolicy
  workloadSelector: WorkloadSelector

Subset
  labels: {string}
  name!: string
  trafficPolicy: TrafficPolicy

TrafficPolicy
  connectionPool: ConnectionPool
  loadBalancer: LoadBalancer
  outlierDetection: OutlierDetection
  portLevelSettings: [PortTrafficPolicy]
  proxyProtocol: ProxyProtocol
  retryBudget: RetryBudget
  tls: ClientTls
  tunnel: TunnelSettings

TunnelSettings
  protocol: string
  targetHost!: string
  targetPort!: int

RetryBudget
  budgetInterval: duration
  minRetryConcurrency: int
  percent: number 0..100

ProxyProtocol
  version: V1|V2

PortTrafficPolicy
  connectionPool: ConnectionPool
  loadBalancer: LoadBalancer
  outlierDetection: OutlierDetection
  port: PortSelector
  tls: ClientTls

ClientTls
  caCertificates: string
  caCrl: string
  clientCertificate: string
  credentialName: string
  insecureSkipVerify: bool
  mode: DISABLE|SIMPLE|MUTUAL|ISTIO_MUTUAL
  privateKey: string
  sni: string
  subjectAltNames: [string]

PortSelector
  number: int

OutlierDetection
  baseEjectionTime: duration
  consecutive5xxErrors: int
  consecutiveErrors: int
  consecutiveGatewayErrors: int
  consecutiveLocalOriginFailures: int
  interval: duration
  maxEjectionPercent: int 0..100
  minHealthPercent: int 0..100
  outlierDetectionHttpErrorCodes: [int]
  splitExternalLocalOriginErrors: bool

LoadBalancer
  backendUtilization: BackendUtilization
  consistentHash: ConsistentHash
  localityLbSetting: LocalityLbSetting
  simple: UNSPECIFIED|LEAST_CONN|RANDOM|PASSTHROUGH|ROUND_ROBIN|LEAST_REQUEST
  warmup: WarmupSettings
  warmupDurationSecs: duration
  zoneAwareLbSetting: ZoneAwareLbSetting

ZoneAwareLbSetting
  enabled: bool
  failover: [Failover]
  failoverPriority: [string]
  minClusterSize: int

WarmupSettings
  aggression: number
  duration!: duration
  minimumPercent: number

LocalityLbSetting
  distribute: [Distribute]
  enabled: bool
  failover: [Failover]
  failoverPriority: [string]

Failover
  from: string
  to: string

Distribute
  from: string
  to: {int}

ConsistentHash
  httpCookie: HttpCookie
  httpHeaderName: string
  httpQueryParameterName: string
  maglev: Maglev
  minimumRingSize: int
  ringHash: RingHash
  useSourceIp: bool

RingHash
  minimumRingSize: int

Maglev
  tableSize: int

HttpCookie
  attributes: [CookieAttribute]
  name!: string
  path: string
  ttl: age

CookieAttribute
  name!: string
  value: string

BackendUtilization
  errorUtilizationPenaltyPercent: int
  metricNamesForComputingUtilization: [string]
  weightExpirationPeriod: duration
  weightStabilizationPeriod: duration
  weightUpdatePeriod: duration

ConnectionPool
  http: HttpSettings
  tcp: TcpSettings

TcpSettings
  connectTimeout: duration
  idleTimeout: duration
  maxConnectionDuration: duration
  maxConnections: int
  tcpKeepalive: TcpKeepalive

TcpKeepalive
  interval: duration
  probes: int
  time: duration

HttpSettings
  h2UpgradePolicy: DEFAULT|DO_NOT_UPGRADE|UPGRADE
  http1MaxPendingRequests: int
  http2KeepAlive: Http2KeepAlive
  http2MaxRequests: int
  idleTimeout: duration
  maxConcurrentStreams: int
  maxRequestsPerConnection: int
  maxRetries: int
  useClientProtocol: bool

Http2KeepAlive
  interval: duration
  timeout: duration
)";

}  // namespace s2a
