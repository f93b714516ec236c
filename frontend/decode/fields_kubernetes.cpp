// Fields that are read of Kubernetes' own objects, Argo's, kustomize's and of Istio's MeshConfig. They have many more: clusters are newer than we are.
#include "frontend/decode/fields.h"

namespace s2a {

const std::string_view kKubernetesFields = R"(
List
  items: [ListItem]

ListItem
  kind: any

Service: Object
  spec: ServiceSpec

ServiceSpec
  type: string
  clusterIP: string
  internalTrafficPolicy: string
  ipFamilies: [string]
  ipFamilyPolicy: string
  publishNotReadyAddresses: bool
  selector: labels
  trafficDistribution: string
  ports: [ServicePort]

ServicePort
  name: string
  port: int
  targetPort: int-or-string
  protocol: string
  appProtocol: string

Pod: Object
  spec: PodSpec

PodSpec
  containers: [Container]
  initContainers: [Container]
  serviceAccountName: string
  serviceAccount: string
  hostNetwork: bool

Container
  ports: [ContainerPort]
  restartPolicy: string

ContainerPort
  name: string
  containerPort: int
  protocol: string

PodTemplate
  metadata: ObjectMeta
  spec: PodSpec

Deployment: Object
  spec: DeploymentSpec

DeploymentSpec
  replicas: int
  template: PodTemplate

CronJob: Object
  spec: CronJobSpec

CronJobSpec
  jobTemplate: JobTemplate

JobTemplate
  spec: DeploymentSpec

NetworkPolicy: Object
  spec: NetworkPolicySpec

NetworkPolicySpec
  podSelector: WorkloadSelector

ConfigMap: Object
  data: {string}

IstioOperator: Object
  spec: IstioOperatorSpec

IstioOperatorSpec
  meshConfig: MeshConfig

SailIstio: Object
  spec: SailIstioSpec

SailIstioSpec
  values: IstioOperatorSpec

MeshConfig
  rootNamespace: string
  trustDomain: string
  trustDomainAliases: [string]
  pathNormalization: PathNormalization
  caCertificates: [CertificateData]
  defaultDestinationRuleExportTo: [string]
  defaultHttpRetryPolicy: HttpRetry
  defaultVirtualServiceExportTo: [string]

PathNormalization
  normalization: string

CertificateData
  trustDomains: [string]

Kustomization: Object
  namespace: string
  resources: [string]
  bases: [string]
  components: [string]
  patches: any
  patchesStrategicMerge: [string]
  patchesJson6902: [KustomizePatch]

KustomizePatch
  path: string
)";

}  // namespace s2a
